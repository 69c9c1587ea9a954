INSERT INTO app.counted DEFAULT VALUES;
INSERT INTO app.a_table_with_quite_a_long_name_for_a_table_of_this_kind DEFAULT VALUES;
