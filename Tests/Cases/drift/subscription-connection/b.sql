CREATE SUBSCRIPTION drift_connection CONNECTION 'host=b.example dbname=shop user=replicator application_name=''one \''day''' PUBLICATION p WITH (connect = false, slot_name = NONE);
