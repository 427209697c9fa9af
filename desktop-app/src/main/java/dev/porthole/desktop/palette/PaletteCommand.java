package dev.porthole.desktop.palette;

import org.kordamp.ikonli.Ikon;

/**
 * Something that the palette can do.
 *
 * @param words what it does: "Copy address of docs"
 * @param hint more about it, which is looked in too: an address, an organization, keys
 * @param rank breaks ties, and orders all when nothing is typed: the smaller the further up
 */
public record PaletteCommand(Ikon icon, String words, String hint, int rank, Runnable action) {}
