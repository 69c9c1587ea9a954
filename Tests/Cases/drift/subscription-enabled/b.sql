CREATE SUBSCRIPTION drift_enabled CONNECTION 'host=a.example' PUBLICATION p WITH (connect = false, slot_name = 'own'); ALTER SUBSCRIPTION drift_enabled ENABLE;
