CREATE SUBSCRIPTION drift_publications CONNECTION '' PUBLICATION p, q WITH (connect = false, slot_name = NONE);
