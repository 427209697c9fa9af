package dev.porthole.server.store;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A question in SQL that can't see what is hidden.
 *
 * <p>In front of it stands a {@code WITH} that has, under each table's name, the table without its hidden columns: a
 * name without a schema means that one, on both databases. So it is enough that nothing in the question names a schema,
 * and that no function in it takes a name or a statement as text. The form is kept so narrow that both can be seen
 * without understanding SQL: names are plain words (no quotes around them), there are no comments and no escapes, so
 * what is between two apostrophes is a text and all else is not; a word before a parenthesis is one of a list.
 *
 * <p>Besides, it runs on a connection that can't write.
 */
final class AskedQuery {
    private static final int LONGEST = 10_000;

    /** What would make words hard to see; a semicolon begins another statement. */
    private static final List<String> MARKS = List.of("\"", "`", "[", "]", "{", "}", "\\", "$", ";", "--", "/*");

    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern CALL = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\s*\\(");
    /** SQLite takes a text for a name where only a name can be. */
    private static final Pattern TEXT_AS_NAME = Pattern.compile("''\\s*[.(]|\\.\\s*''");

    private static final Set<String> BEGINNINGS = Set.of("select", "with", "values");

    /** Schemas and catalogs; SQLite takes a text for a name in some places. */
    private static final Pattern PLACES =
            Pattern.compile("main|temp|public|information_schema|dbstat|(pg|sqlite|pragma)_.*");

    /** What changes something, or means a table itself. */
    private static final Pattern DEEDS = Pattern.compile(
            "insert|update|delete|merge|into|create|drop|alter|truncate|attach|detach|vacuum|pragma|copy|call|execute"
                    + "|set|lock|do|analyze|reindex|only");

    private static final Set<String> BEFORE_PARENTHESES = Set.of(
            // words of SQL
            "select",
            "from",
            "where",
            "and",
            "or",
            "not",
            "in",
            "exists",
            "as",
            "on",
            "over",
            "filter",
            "having",
            "by",
            "when",
            "then",
            "else",
            "between",
            "like",
            "join",
            "union",
            "all",
            "except",
            "intersect",
            "values",
            "distinct",
            "limit",
            "offset",
            "materialized",
            "using",
            "any",
            "some",
            "numeric",
            "varchar",
            // functions that compute, and do nothing else
            "count",
            "sum",
            "avg",
            "min",
            "max",
            "total",
            "abs",
            "round",
            "floor",
            "ceil",
            "length",
            "lower",
            "upper",
            "trim",
            "ltrim",
            "rtrim",
            "substr",
            "substring",
            "replace",
            "instr",
            "position",
            "strpos",
            "coalesce",
            "nullif",
            "ifnull",
            "greatest",
            "least",
            "cast",
            "extract",
            "to_timestamp",
            "to_char",
            "date_trunc",
            "now",
            "date",
            "time",
            "datetime",
            "strftime",
            "unixepoch",
            "string_agg",
            "group_concat",
            "row_number",
            "rank",
            "dense_rank",
            "lag",
            "lead",
            "first_value",
            "last_value");

    private static final Pattern QUALIFIER = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\s*\\.");

    private final String sql;
    private final String outside;

    private AskedQuery(String sql, String outside) {
        this.sql = sql;
        this.outside = outside;
    }

    /**
     * Looks whether it may be asked.
     *
     * @throws RefusedQueryException if not
     */
    static AskedQuery parse(String text) {
        String sql = text.strip().replaceFirst("\\s*;$", "");
        if (sql.length() > LONGEST) {
            throw new RefusedQueryException(sql.length() + " characters (expected: at most " + LONGEST + ")");
        }
        for (String mark : MARKS) {
            if (sql.contains(mark)) {
                throw new RefusedQueryException(
                        mark + " is not taken here (expected: one SELECT, without comments, with"
                                + " plain names, and with texts in apostrophes)");
            }
        }
        String outside = withoutTexts(sql);
        if (outside.chars().anyMatch(one -> one > '~' || (one < ' ' && one != '\n' && one != '\r' && one != '\t'))) {
            throw new RefusedQueryException("a character that only texts may have");
        }
        requireKnownWords(outside);
        return new AskedQuery(sql, outside);
    }

    /** What is not a text, with {@code ''} for each; and no text is a schema's or a catalog's name. */
    private static String withoutTexts(String sql) {
        String[] parts = sql.split("'", -1);
        if (parts.length % 2 == 0) {
            throw new RefusedQueryException("an apostrophe without its other one");
        }
        StringBuilder outside = new StringBuilder(parts[0]);
        for (int text = 1; text < parts.length; text += 2) {
            if (PLACES.matcher(lower(parts[text].strip())).matches()) {
                throw new RefusedQueryException("'" + parts[text] + "' is not taken here");
            }
            outside.append("''").append(parts[text + 1]);
        }
        return outside.toString();
    }

    private static void requireKnownWords(String outside) {
        Matcher words = WORD.matcher(outside);
        if (!words.find()
                || !outside.stripLeading().startsWith(words.group())
                || !BEGINNINGS.contains(lower(words.group()))) {
            throw new RefusedQueryException("expected: a SELECT");
        }
        do {
            if (isRefused(words.group())) {
                throw new RefusedQueryException(words.group() + " is not taken here (expected: a SELECT from tables"
                        + " without a schema in front of their names)");
            }
        } while (words.find());
        if (TEXT_AS_NAME.matcher(outside).find()) {
            throw new RefusedQueryException("a text in the place of a name");
        }
        Matcher calls = CALL.matcher(outside);
        while (calls.find()) {
            if (!BEFORE_PARENTHESES.contains(lower(calls.group(1)))) {
                throw new RefusedQueryException(
                        calls.group(1) + "() is not taken here (expected: functions such as count,"
                                + " sum, min, max, length, lower, substr, coalesce, datetime)");
            }
        }
    }

    private static boolean isRefused(String word) {
        return PLACES.matcher(lower(word)).matches()
                || DEEDS.matcher(lower(word)).matches();
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /**
     * The statement to run.
     *
     * @param schema where the tables are
     * @param schemas all that there are
     * @throws RefusedQueryException if it names one
     */
    String over(List<DataBrowser.Table> tables, String schema, Set<String> schemas) {
        Matcher qualifiers = QUALIFIER.matcher(outside);
        while (qualifiers.find()) {
            if (schemas.contains(lower(qualifiers.group(1)))) {
                throw new RefusedQueryException(
                        qualifiers.group(1) + ". is a schema's name (expected: tables without one)");
            }
        }
        String shown = tables.stream()
                .map(table -> shown(table, schema))
                .filter(view -> !view.isEmpty())
                .collect(Collectors.joining(",\n"));
        // RECURSIVE allows the question's own WITH to be so, and means nothing to the others.
        String own = sql.replaceFirst("(?i)^with\\s+(recursive\\s+)?", "");
        return "WITH RECURSIVE " + shown + (own.length() == sql.length() ? "\n" : ",\n") + own;
    }

    private static String shown(DataBrowser.Table table, String schema) {
        String columns = table.columns().stream()
                .filter(column -> !column.hidden())
                .map(column -> DataBrowser.quoted(column.name()))
                .collect(Collectors.joining(", "));
        return DataBrowser.quoted(table.name()) + " AS (SELECT " + (columns.isEmpty() ? "1 AS nothing" : columns)
                + " FROM " + DataBrowser.quoted(schema) + "." + DataBrowser.quoted(table.name()) + ")";
    }
}
