-- An office has the ids of its services in its own row, so that a search reads them with it
-- instead of looking each office up in another table.
--
-- Who changes services of one office at the same time stands in line first: each then sees what
-- the one before has written.
CREATE OR REPLACE FUNCTION write_down_offers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM offices_office o
        WHERE o.id IN (SELECT c.office_id FROM changed c)
        ORDER BY o.id FOR NO KEY UPDATE;
    UPDATE offices_office o SET offers = ARRAY(
            SELECT os.service_id FROM offices_officeservice os
            WHERE os.office_id = o.id ORDER BY os.service_id)
        WHERE o.id IN (SELECT c.office_id FROM changed c);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER offers_of_an_added_service
    AFTER INSERT ON offices_officeservice REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION write_down_offers();
CREATE OR REPLACE TRIGGER offers_of_a_removed_service
    AFTER DELETE ON offices_officeservice REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION write_down_offers();
CREATE OR REPLACE TRIGGER offers_of_the_office_before
    AFTER UPDATE ON offices_officeservice REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION write_down_offers();
CREATE OR REPLACE TRIGGER offers_of_the_office_after
    AFTER UPDATE ON offices_officeservice REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION write_down_offers();
