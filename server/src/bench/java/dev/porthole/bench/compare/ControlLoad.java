package dev.porthole.bench.compare;

import dev.porthole.core.api.ApiJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * The API and the console with many projects: how long lists and pages take, and create-or-reuse at a steady rate,
 * whatever the answers take. The server keeps its data in its folder, or where {@code PORTHOLE_DATABASE_URL} says.
 * Needs the distribution on its class path: {@code server/src/bench/run control}.
 */
public final class ControlLoad {
    private static final int AT_ONCE = 8;
    private static final int ROUNDS = 2_000;
    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123";
    private static final String REDIRECT = "http://127.0.0.1:7000/callback";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI api;
    private final PageClient pages;
    private volatile String token = "";

    private ControlLoad(int port) {
        this.api = URI.create("http://localhost:" + port + "/api/v1/");
        this.pages = new PageClient(port);
    }

    /**
     * @param arguments the launcher, how many projects, tunnels of each, creations a second, and for how many seconds
     */
    public static void main(String... arguments) throws Exception {
        Path folder = Files.createTempDirectory("porthole-bench");
        try (PortholeServerProcess server =
                PortholeServerProcess.start(Path.of(arguments[0]), folder.resolve("server"), false)) {
            new ControlLoad(server.port())
                    .run(
                            Integer.parseInt(arguments[1]),
                            Integer.parseInt(arguments[2]),
                            Integer.parseInt(arguments[3]),
                            Integer.parseInt(arguments[4]));
        }
        Folders.delete(folder);
        System.exit(0);
    }

    private void run(int count, int tunnels, int rate, int seconds) throws Exception {
        pages.signIn(PortholeServerProcess.USER, PortholeServerProcess.PASSWORD);
        signIn();
        long begin = System.nanoTime();
        List<String> projects = inParallel(
                count,
                number -> ask("POST", "projects", "{\"name\":\"bench " + number + "\"}")
                        .path("id")
                        .asString());
        signIn();
        inParallel(count * tunnels, number -> create(projects.get(number % count), 1 + number / count));
        System.out.printf(
                "%d projects with %d tunnels each, made in %.1f s%n",
                count, tunnels, (System.nanoTime() - begin) / 1e9);
        signIn();
        SplittableRandom random = new SplittableRandom(1);
        List<String> some =
                random.ints(ROUNDS, 0, count).mapToObj(projects::get).toList();
        measure("projects, first page", number -> ask("GET", "projects", null));
        measure("projects, a page of 200", number -> ask("GET", "projects?limit=200", null));
        measure("a project", number -> ask("GET", "projects/" + some.get(number), null));
        measure("its tunnels", number -> ask("GET", "projects/" + some.get(number) + "/tunnels", null));
        measure("its connectors", number -> ask("GET", "projects/" + some.get(number) + "/connectors", null));
        measure("the page of projects", number -> pages.get("console/projects"));
        measure("a project's page", number -> pages.get("console/projects/" + some.get(number) + "/tunnels"));
        measure("its page of connectors", number -> pages.get("console/projects/" + some.get(number) + "/connectors"));
        measure("its page of activity", number -> pages.get("console/projects/" + some.get(number) + "/audit"));
        measure("the page of users", number -> pages.get("console/admin/users"));
        measure("the page of the whole activity", number -> pages.get("console/admin/audit"));
        measure("organizations", number -> ask("GET", "organizations", null));
        signIn();
        steadily(projects, tunnels, rate, seconds);
    }

    private String create(String project, int port) throws Exception {
        return ask("POST", "projects/" + project + "/tunnels", "{\"endpoint\":\"http://localhost:" + port + "\"}")
                .path("id")
                .asString();
    }

    /** Every other creation is one that there is already. */
    private void steadily(List<String> projects, int tunnels, int rate, int seconds) throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        List<Future<Long>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            for (int number = 0; number < rate * seconds; number++) {
                String project = projects.get(random.nextInt(projects.size()));
                int port = number % 2 == 0 ? 1 + random.nextInt(tunnels) : 10_000 + random.nextInt(50_000);
                long due = begin + number * 1_000_000_000L / rate;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                answers.add(threads.submit(() -> {
                    create(project, port);
                    // From when it was due: a server that is late makes others wait.
                    return System.nanoTime() - due;
                }));
            }
        }
        int failed = 0;
        List<Long> times = new ArrayList<>();
        for (Future<Long> answer : answers) {
            if (answer.state() == Future.State.SUCCESS) {
                times.add(answer.resultNow());
            } else {
                failed++;
                System.out.println(answer.exceptionNow());
            }
        }
        System.out.printf("create or reuse, %d a second for %d s: %d failed%n", rate, seconds, failed);
        print("create or reuse", times.stream().mapToLong(Long::longValue).toArray());
    }

    private void measure(String what, Work<?> work) throws Exception {
        inParallel(ROUNDS / 4, work);
        print(
                what,
                inParallel(ROUNDS, number -> {
                            long begin = System.nanoTime();
                            work.of(number);
                            return System.nanoTime() - begin;
                        })
                        .stream()
                        .mapToLong(Long::longValue)
                        .toArray());
    }

    private static void print(String what, long[] times) {
        Arrays.sort(times);
        System.out.printf(
                "| %s | p50 %.1f ms | p99 %.1f ms | longest %.1f ms |%n",
                what,
                times[times.length / 2] / 1e6,
                times[times.length * 99 / 100] / 1e6,
                times[times.length - 1] / 1e6);
    }

    private interface Work<T> {
        T of(int number) throws Exception;
    }

    private static <T> List<T> inParallel(int count, Work<T> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                int own = number;
                tasks.add(() -> work.of(own));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        }
    }

    /** An access token lasts ten minutes. */
    private void signIn() throws Exception {
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        String form = PageClient.form(Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "porthole-desktop",
                "code",
                pages.code(challenge, REDIRECT),
                "redirect_uri",
                REDIRECT,
                "code_verifier",
                VERIFIER));
        token = send(HttpRequest.newBuilder(api.resolve("/oauth/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build())
                .path("access_token")
                .asString();
    }

    private JsonNode ask(String method, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(api.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode send(HttpRequest request) throws Exception {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return ApiJson.LENIENT.readTree(answer.body());
    }
}
