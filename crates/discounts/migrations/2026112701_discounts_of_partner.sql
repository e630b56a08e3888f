-- What another partner granted before is no obstacle: one a partner, customer, product or product group and first day.
DROP INDEX customer_discounts_of_product;
DROP INDEX customer_discounts_of_group;
CREATE UNIQUE INDEX customer_discounts_of_product ON customer_discounts (customer_id, product_id, first_day, partner_id)
    WHERE withdrawn_at IS NULL AND product_id IS NOT NULL;
CREATE UNIQUE INDEX customer_discounts_of_group ON customer_discounts (customer_id, group_id, first_day, partner_id)
    WHERE withdrawn_at IS NULL AND group_id IS NOT NULL;
