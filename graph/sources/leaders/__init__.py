"""Who held which office when, from several sources that name people and terms differently."""
