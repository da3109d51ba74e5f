"""What happens when processes are killed, disks are full, files are damaged and clients are slow."""
