package dev.porthole.server.control;

import java.util.List;

/** One kind of thing that the API offers, with all that can be done to it. */
interface Resource {
    String API = "/api/v1";
    String PROJECT = API + "/projects/{project}";

    List<Route> routes();
}
