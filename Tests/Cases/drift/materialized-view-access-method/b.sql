CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE t (a integer, b text);
CREATE MATERIALIZED VIEW m USING heap_too AS SELECT a FROM t;
