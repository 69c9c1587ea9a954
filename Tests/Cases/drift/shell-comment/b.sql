CREATE TYPE announced;
