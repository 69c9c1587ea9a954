UPDATE plumb_quarantine.t SET home = 'some@body' WHERE id = 2;
