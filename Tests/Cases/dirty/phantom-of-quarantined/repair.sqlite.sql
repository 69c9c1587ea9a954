UPDATE plumb_quarantine_u SET n = 2 WHERE plumb_policy = 'quarantine';
