package dev.porthole.core.discovery;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a program looks like, by its name, its command line and its port. One table; the first row that fits wins. */
final class ProgramGuess {
    /**
     * One row.
     *
     * @param process of the program's name, whole; null: any
     * @param command found anywhere in the command line; null: any
     * @param port 0: any
     */
    private record Probe(
            String name,
            ProgramKind kind,
            @Nullable Pattern process,
            @Nullable Pattern command,
            int port) {
        boolean fits(String processName, String commandLine, int listening) {
            return (process == null || process.matcher(processName).matches())
                    && (command == null || command.matcher(commandLine).find())
                    && (port == 0 || port == listening);
        }
    }

    private static final List<Probe> PROBES = List.of(
            // Development servers, most particular first: most are scripts that node or python runs.
            byCommand("Storybook", ProgramKind.PAGES, "storybook"),
            byCommand("Next.js", ProgramKind.PAGES, "next-server|[/ ]next(\\.js)? (dev|start)|next/dist/bin"),
            byCommand("Nuxt", ProgramKind.PAGES, "[/ ]nuxi? |nuxt/bin"),
            byCommand("Astro", ProgramKind.PAGES, "[/ ]astro(\\.js)? (dev|preview)|astro/astro\\.js"),
            byCommand("SvelteKit", ProgramKind.PAGES, "svelte-kit"),
            byCommand("Remix", ProgramKind.PAGES, "[/ ]remix(-serve)? |@remix-run"),
            byCommand("Vite", ProgramKind.PAGES, "[/ ]vite(\\.js)?( |$)|vite/bin"),
            byCommand("Angular", ProgramKind.PAGES, "[/ ]ng(\\.js)? serve|@angular/cli"),
            byCommand("Create React App", ProgramKind.PAGES, "react-scripts"),
            byCommand("Vue CLI", ProgramKind.PAGES, "vue-cli-service"),
            byCommand("webpack", ProgramKind.PAGES, "webpack(-dev-server|.*serve)"),
            byCommand("Parcel", ProgramKind.PAGES, "[/ ]parcel( |$)"),
            byCommand("Gatsby", ProgramKind.PAGES, "[/ ]gatsby "),
            byCommand("Eleventy", ProgramKind.PAGES, "eleventy"),
            byCommand("Expo", ProgramKind.PAGES, "[/ ]expo start|react-native start"),
            byCommand("NestJS", ProgramKind.APPLICATION, "[/ ]nest start|@nestjs"),
            byCommand("Hugo", ProgramKind.PAGES, "[/ ]?hugo (server|serve)"),
            byCommand("Jekyll", ProgramKind.PAGES, "jekyll (serve|s)( |$)"),
            byCommand("Jupyter", ProgramKind.NOTEBOOK, "jupyter"),
            byCommand("Streamlit", ProgramKind.APPLICATION, "streamlit"),
            byCommand("Django", ProgramKind.APPLICATION, "manage\\.py|django"),
            byCommand("Flask", ProgramKind.APPLICATION, "flask"),
            byCommand("FastAPI", ProgramKind.APPLICATION, "fastapi"),
            byCommand("Uvicorn", ProgramKind.APPLICATION, "uvicorn"),
            byCommand("Gunicorn", ProgramKind.APPLICATION, "gunicorn"),
            byCommand("Python file server", ProgramKind.WEB_SERVER, "http\\.server|SimpleHTTPServer"),
            byCommand("Rails", ProgramKind.APPLICATION, "rails (s|server)|bin/rails|puma.*rails"),
            byCommand("Puma", ProgramKind.APPLICATION, "puma"),
            byCommand("Laravel", ProgramKind.APPLICATION, "artisan serve"),
            byCommand("PHP", ProgramKind.APPLICATION, "php[0-9.]* -S"),
            byCommand(
                    "Spring Boot",
                    ProgramKind.APPLICATION,
                    "spring-boot|org\\.springframework\\.boot|spring\\.application"),
            byCommand("Quarkus", ProgramKind.APPLICATION, "quarkus"),
            byCommand("Tomcat", ProgramKind.APPLICATION, "org\\.apache\\.catalina|tomcat"),
            byCommand("Jetty", ProgramKind.APPLICATION, "jetty"),
            byCommand("Phoenix", ProgramKind.APPLICATION, "phx\\.server"),
            byCommand(".NET", ProgramKind.APPLICATION, "[/ \\\\]dotnet(\\.exe)? |aspnetcore"),
            byCommand("Static file server", ProgramKind.WEB_SERVER, "http-server|serve/build/main|[/ ]serve( |$)"),
            // Servers that are programs of their own.
            byProcess("PostgreSQL", ProgramKind.DATABASE, "postgres|postmaster|postgresql.*"),
            byProcess("MySQL", ProgramKind.DATABASE, "mysqld|mariadbd"),
            byProcess("Redis", ProgramKind.CACHE_OR_QUEUE, "redis-server|valkey-server"),
            byProcess("MongoDB", ProgramKind.DATABASE, "mongod|mongos"),
            byProcess("Memcached", ProgramKind.CACHE_OR_QUEUE, "memcached"),
            byProcess("RabbitMQ", ProgramKind.CACHE_OR_QUEUE, "beam\\.smp"),
            byProcess("nginx", ProgramKind.WEB_SERVER, "nginx.*"),
            byProcess("Apache", ProgramKind.WEB_SERVER, "apache2|httpd"),
            byProcess("Caddy", ProgramKind.WEB_SERVER, "caddy"),
            byProcess("Traefik", ProgramKind.WEB_SERVER, "traefik"),
            byProcess("Elasticsearch", ProgramKind.DATABASE, "elasticsearch"),
            byProcess("Ollama", ProgramKind.MODEL, "ollama.*"),
            byProcess("Minecraft", ProgramKind.GAME, "minecraft.*"),
            // Languages, when nothing better is known.
            byProcess("Node.js", ProgramKind.APPLICATION, "node|nodejs|bun|deno"),
            byProcess("Python", ProgramKind.APPLICATION, "python[0-9.]*"),
            byProcess("Ruby", ProgramKind.APPLICATION, "ruby[0-9.]*"),
            byProcess("PHP", ProgramKind.APPLICATION, "php[0-9.-]*"),
            byProcess("Java", ProgramKind.APPLICATION, "java|javaw"),
            // A port that says it all, for programs of other users.
            byPort("PostgreSQL", ProgramKind.DATABASE, 5432),
            byPort("MySQL", ProgramKind.DATABASE, 3306),
            byPort("Redis", ProgramKind.CACHE_OR_QUEUE, 6379),
            byPort("MongoDB", ProgramKind.DATABASE, 27017));

    private ProgramGuess() {}

    /** The name of what it looks like; null if nothing is known. */
    static @Nullable String of(String process, String command, int port) {
        String name = process.toLowerCase(Locale.ROOT);
        String line = command.isEmpty() ? name : command;
        return PROBES.stream()
                .filter(probe -> probe.fits(name, line, port))
                .findFirst()
                .map(Probe::name)
                .orElse(null);
    }

    /** What sort of program has that name; null is a name of none. */
    static ProgramKind kindOf(@Nullable String guess) {
        if (guess == null) {
            return ProgramKind.UNKNOWN;
        }
        // With a version, too: "PostgreSQL 17".
        return PROBES.stream()
                .filter(probe -> guess.equals(probe.name()) || guess.startsWith(probe.name() + " "))
                .findFirst()
                .map(Probe::kind)
                .orElse(ProgramKind.UNKNOWN);
    }

    private static Probe byCommand(String name, ProgramKind kind, String command) {
        return new Probe(name, kind, null, Pattern.compile(command, Pattern.CASE_INSENSITIVE), 0);
    }

    private static Probe byProcess(String name, ProgramKind kind, String process) {
        return new Probe(name, kind, Pattern.compile(process), null, 0);
    }

    private static Probe byPort(String name, ProgramKind kind, int port) {
        return new Probe(name, kind, Pattern.compile(""), null, port);
    }
}
