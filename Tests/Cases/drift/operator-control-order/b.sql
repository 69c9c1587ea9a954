CREATE TYPE public.mood AS ENUM ('sad', 'happy');
CREATE FUNCTION public.lt(public.mood, public.mood) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'enum_lt';
CREATE FUNCTION public.gt(public.mood, public.mood) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'enum_gt';
CREATE FUNCTION public.cmp(public.mood, public.mood) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'enum_cmp';
CREATE FUNCTION public.cmp2(public.mood, public.mood) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'enum_cmp';
CREATE OPERATOR public.>>> (FUNCTION = public.gt, LEFTARG = public.mood, RIGHTARG = public.mood, COMMUTATOR = OPERATOR(public.<<<)); CREATE OPERATOR public.<<< (FUNCTION = public.lt, LEFTARG = public.mood, RIGHTARG = public.mood, COMMUTATOR = OPERATOR(public.>>>));
