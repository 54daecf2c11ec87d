/* What a test does to programs of the board from outside of them. One line is one order, and is answered with "done" or "no":
 *   stop NAME    the program stands still (SIGSTOP)
 *   crash NAME   it dies (SIGSEGV), once there is one
 *   freeze       systemd itself stands still, by the freezer of its cgroup (Linux Documentation/admin-guide/cgroup-v2.rst) */
#pragma once

/* One order, if it comes within two seconds: then call again, since a line may be dead when the board's address has changed. An order
 * waits for a minute at most. Closes the line. */
void orders_obey(int fd);
