CREATE TEXT SEARCH DICTIONARY d (template = pg_catalog.simple, stopwords = 'english', accept = 'true');
CREATE TEXT SEARCH CONFIGURATION c (COPY = english);
ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR asciihword, email, file, float, host, hword, hword_asciipart, hword_numpart, hword_part, int, numhword, numword, sfloat, uint, url, url_path, version, asciiword, word;
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH simple;
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH simple;
