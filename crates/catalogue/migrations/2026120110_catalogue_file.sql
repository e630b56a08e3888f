-- One row at most: the file as it was taken over last. What staff changed since is not undone by taking over the same again.
CREATE TABLE catalogue_file (
    id INTEGER NOT NULL PRIMARY KEY,
    text TEXT NOT NULL
);
