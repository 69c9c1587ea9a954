CREATE FUNCTION public.bt(internal) RETURNS index_am_handler LANGUAGE internal AS 'bthandler'; CREATE FUNCTION public.bt2(internal) RETURNS index_am_handler LANGUAGE internal AS 'bthandler'; ;
