"""Pages, by audience: what citizens, offices and the association see."""
