/** The tables as shared code sees them; the one place that says which engine's file they come from. */
export * from '../../drizzle/schema.sqlite.ts';
