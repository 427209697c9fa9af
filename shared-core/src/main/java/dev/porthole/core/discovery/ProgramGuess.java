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
            byCommand("Storybook", "storybook"),
            byCommand("Next.js", "next-server|[/ ]next(\\.js)? (dev|start)|next/dist/bin"),
            byCommand("Nuxt", "[/ ]nuxi? |nuxt/bin"),
            byCommand("Astro", "[/ ]astro(\\.js)? (dev|preview)|astro/astro\\.js"),
            byCommand("SvelteKit", "svelte-kit"),
            byCommand("Remix", "[/ ]remix(-serve)? |@remix-run"),
            byCommand("Vite", "[/ ]vite(\\.js)?( |$)|vite/bin"),
            byCommand("Angular", "[/ ]ng(\\.js)? serve|@angular/cli"),
            byCommand("Create React App", "react-scripts"),
            byCommand("Vue CLI", "vue-cli-service"),
            byCommand("webpack", "webpack(-dev-server|.*serve)"),
            byCommand("Parcel", "[/ ]parcel( |$)"),
            byCommand("Gatsby", "[/ ]gatsby "),
            byCommand("Eleventy", "eleventy"),
            byCommand("Expo", "[/ ]expo start|react-native start"),
            byCommand("NestJS", "[/ ]nest start|@nestjs"),
            byCommand("Hugo", "[/ ]?hugo (server|serve)"),
            byCommand("Jekyll", "jekyll (serve|s)( |$)"),
            byCommand("Jupyter", "jupyter"),
            byCommand("Streamlit", "streamlit"),
            byCommand("Django", "manage\\.py|django"),
            byCommand("Flask", "flask"),
            byCommand("FastAPI", "fastapi"),
            byCommand("Uvicorn", "uvicorn"),
            byCommand("Gunicorn", "gunicorn"),
            byCommand("Python file server", "http\\.server|SimpleHTTPServer"),
            byCommand("Rails", "rails (s|server)|bin/rails|puma.*rails"),
            byCommand("Puma", "puma"),
            byCommand("Laravel", "artisan serve"),
            byCommand("PHP", "php[0-9.]* -S"),
            byCommand("Spring Boot", "spring-boot|org\\.springframework\\.boot|spring\\.application"),
            byCommand("Quarkus", "quarkus"),
            byCommand("Tomcat", "org\\.apache\\.catalina|tomcat"),
            byCommand("Jetty", "jetty"),
            byCommand("Phoenix", "phx\\.server"),
            byCommand(".NET", "[/ \\\\]dotnet(\\.exe)? |aspnetcore"),
            byCommand("Static file server", "http-server|serve/build/main|[/ ]serve( |$)"),
            // Servers that are programs of their own.
            byProcess("PostgreSQL", "postgres|postmaster|postgresql.*"),
            byProcess("MySQL", "mysqld|mariadbd"),
            byProcess("Redis", "redis-server|valkey-server"),
            byProcess("MongoDB", "mongod|mongos"),
            byProcess("Memcached", "memcached"),
            byProcess("RabbitMQ", "beam\\.smp"),
            byProcess("nginx", "nginx.*"),
            byProcess("Apache", "apache2|httpd"),
            byProcess("Caddy", "caddy"),
            byProcess("Traefik", "traefik"),
            byProcess("Elasticsearch", "elasticsearch"),
            byProcess("Ollama", "ollama.*"),
            byProcess("Minecraft", "minecraft.*"),
            // Languages, when nothing better is known.
            byProcess("Node.js", "node|nodejs|bun|deno"),
            byProcess("Python", "python[0-9.]*"),
            byProcess("Ruby", "ruby[0-9.]*"),
            byProcess("PHP", "php[0-9.-]*"),
            byProcess("Java", "java|javaw"),
            // A port that says it all, for programs of other users.
            byPort("PostgreSQL", 5432),
            byPort("MySQL", 3306),
            byPort("Redis", 6379),
            byPort("MongoDB", 27017));

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

    private static Probe byCommand(String name, String command) {
        return new Probe(name, null, Pattern.compile(command, Pattern.CASE_INSENSITIVE), 0);
    }

    private static Probe byProcess(String name, String process) {
        return new Probe(name, Pattern.compile(process), null, 0);
    }

    private static Probe byPort(String name, int port) {
        return new Probe(name, Pattern.compile(""), null, port);
    }
}
