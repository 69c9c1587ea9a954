CREATE SUBSCRIPTION drift_options CONNECTION '' PUBLICATION p WITH (connect = false, slot_name = NONE);
