UPDATE plumb_quarantine.u SET n = 2 WHERE plumb_policy = 'quarantine';
