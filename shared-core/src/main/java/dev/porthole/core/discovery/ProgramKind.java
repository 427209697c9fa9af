package dev.porthole.core.discovery;

/** What sort of program listens, for its icon. */
public enum ProgramKind {
    /** Nothing is known. */
    UNKNOWN,
    /** A development server of a page's front end. */
    PAGES,
    /** An application's server. */
    APPLICATION,
    /** A server of files or a proxy before others. */
    WEB_SERVER,
    /** A database. */
    DATABASE,
    /** A store in memory, or a queue. */
    CACHE_OR_QUEUE,
    /** Notebooks and other papers that compute. */
    NOTEBOOK,
    /** A model that answers. */
    MODEL,
    /** A game. */
    GAME
}
