/** The control plane: the REST API, a resource a class, its OpenAPI document and its events; what is live and ready. */
@NullMarked
package dev.porthole.server.control;

import org.jspecify.annotations.NullMarked;
