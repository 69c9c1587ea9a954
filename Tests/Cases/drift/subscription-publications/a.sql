CREATE SUBSCRIPTION drift_publications CONNECTION '' PUBLICATION p WITH (connect = false, slot_name = NONE);
