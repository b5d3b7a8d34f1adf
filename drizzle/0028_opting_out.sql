-- What the tenant's data map lets people end by a word, for the few checks that meet somebody who did: direct marketing, and what an
-- opt-out ends. `marketing_purposes` knows only the one; it goes once no service asks it any more.
CREATE FUNCTION optional_purposes(tenant uuid) RETURNS TABLE (purpose text, marketing boolean, opt_out boolean) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY
    SELECT named.purpose, coalesce((category->>'directMarketing')::boolean, false), coalesce((category->>'optOut')::boolean, false)
      FROM systems, jsonb_array_elements(systems.categories) category, jsonb_array_elements_text(category->'purposes') AS named(purpose)
      WHERE systems.tenant_id = tenant AND systems.removed_at IS NULL
        AND ((category->>'directMarketing')::boolean OR (category->>'optOut')::boolean);
END $$;
