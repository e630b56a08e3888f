-- Groups of products.
CREATE TABLE product_groups (
    id UUID NOT NULL PRIMARY KEY,
    -- What files and programs call it: lower-case letters, digits and hyphens. It never changes.
    code TEXT NOT NULL UNIQUE,
    name_en TEXT NOT NULL,
    name_vi TEXT NOT NULL,
    -- Where it stands in lists.
    position INTEGER NOT NULL
);

-- What the provider sells.
CREATE TABLE products (
    id UUID NOT NULL PRIMARY KEY,
    group_id UUID NOT NULL REFERENCES product_groups (id),
    code TEXT NOT NULL UNIQUE,
    name_en TEXT NOT NULL,
    name_vi TEXT NOT NULL,
    -- What one of it is, as in "vCPU-hour".
    unit TEXT NOT NULL,
    position INTEGER NOT NULL
);

-- The public price of one unit from a moment on, until the next. Rows are never changed but for being corrected.
CREATE TABLE product_prices (
    id UUID NOT NULL PRIMARY KEY,
    product_id UUID NOT NULL REFERENCES products (id),
    from_at BIGINT NOT NULL,
    -- In minor units of the currency.
    minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    -- When another price took its place before it was ever in force.
    corrected_at BIGINT
);
CREATE UNIQUE INDEX product_prices_in_force ON product_prices (product_id, from_at) WHERE corrected_at IS NULL;

-- One row. Whoever changes the catalogue locks it and counts on, so that others can see that it changed.
CREATE TABLE catalogue_version (
    id INTEGER NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);
INSERT INTO catalogue_version (id, version) VALUES (1, 0);
