-- A tunnel's own port, which stays its own until it is given back or the tunnel goes, whether the tunnel is on or off.
ALTER TABLE tunnels ADD COLUMN port INT;
ALTER TABLE tunnels ADD COLUMN visible_in_network BOOLEAN NOT NULL DEFAULT FALSE;
CREATE UNIQUE INDEX tunnels_by_port ON tunnels (port);
