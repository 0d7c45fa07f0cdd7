-- How far apart two places are, as the crow flies on a flattened earth: 1 % off at most between
-- places in Iran. Nothing, if one of the two is not known.
--
-- Without STRICT, which would keep the planner from putting it in the place of the call.
CREATE OR REPLACE FUNCTION metres_between(
    p_lat float8, p_lon float8, p_other_lat float8, p_other_lon float8
) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 6371000 * sqrt(  -- the earth's radius
        radians(p_lat - p_other_lat) * radians(p_lat - p_other_lat)
        + radians(p_lon - p_other_lon) * cos(radians((p_lat + p_other_lat) / 2))
        * radians(p_lon - p_other_lon) * cos(radians((p_lat + p_other_lat) / 2)))
$$;
