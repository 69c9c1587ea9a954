UPDATE b SET room = 2 WHERE id = 1;
