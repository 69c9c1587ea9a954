CREATE FUNCTION public.f(text, text) RETURNS boolean LANGUAGE internal IMMUTABLE SUPPORT text_starts_with_support AS 'text_starts_with';
