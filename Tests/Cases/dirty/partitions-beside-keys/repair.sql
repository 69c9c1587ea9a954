UPDATE plumb_quarantine.m SET v = 'mended';
