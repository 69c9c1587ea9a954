CREATE COLLATION c (provider = icu, locale = 'sv');
