"""What a server stands: many clients, query bombs, stalled sockets, few file descriptors."""
