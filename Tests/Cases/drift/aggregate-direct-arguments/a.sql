CREATE FUNCTION public.tr(internal, double precision) RETURNS internal LANGUAGE internal AS 'ordered_set_transition';
CREATE FUNCTION public.tr(internal, double precision, double precision) RETURNS internal LANGUAGE internal AS 'ordered_set_transition_multi';
CREATE FUNCTION public.fin(internal, double precision, double precision) RETURNS double precision LANGUAGE internal AS 'percentile_disc_final';
CREATE AGGREGATE public.g(double precision ORDER BY double precision) (SFUNC = public.tr, STYPE = internal, FINALFUNC = public.fin, FINALFUNC_EXTRA);
