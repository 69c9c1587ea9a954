UPDATE t SET email = 'z' WHERE id = 1;
