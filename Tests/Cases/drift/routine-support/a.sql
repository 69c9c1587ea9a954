CREATE FUNCTION public.f(text, text) RETURNS boolean LANGUAGE internal IMMUTABLE AS 'text_starts_with';
