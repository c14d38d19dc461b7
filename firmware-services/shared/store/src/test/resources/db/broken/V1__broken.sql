CREATE TABLE broken.entry (name NONSENSE);
