UPDATE plumb_quarantine.t SET email = 'repaired' WHERE id = 2;
