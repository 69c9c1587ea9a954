CREATE SUBSCRIPTION drift_slot CONNECTION '' PUBLICATION p WITH (connect = false, slot_name = NONE);
