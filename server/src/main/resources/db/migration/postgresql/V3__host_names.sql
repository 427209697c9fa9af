-- host_header: 'visitor', 'localhost', or a name of the tunnel's own. A column with a check can't be changed, only replaced.

ALTER TABLE tunnels ADD COLUMN shown_host TEXT NOT NULL DEFAULT 'visitor';
UPDATE tunnels SET shown_host = host_header;
ALTER TABLE tunnels DROP COLUMN host_header;
ALTER TABLE tunnels RENAME COLUMN shown_host TO host_header;
