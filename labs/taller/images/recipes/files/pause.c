/* Duerme, recoge huérfanos y sale con 0 cuando se lo piden. Sigue a kubernetes: build/pause/linux/pause.c. */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void leave(int number) {
  (void)number;
  _exit(0);
}

static void reap(int number) {
  (void)number;
  while (waitpid(-1, NULL, WNOHANG) > 0) {
  }
}

int main(void) {
  struct sigaction on_leave = {.sa_handler = leave};
  struct sigaction on_child = {.sa_handler = reap, .sa_flags = SA_NOCLDSTOP};
  if (sigaction(SIGINT, &on_leave, NULL) < 0) return 1;
  if (sigaction(SIGTERM, &on_leave, NULL) < 0) return 2;
  if (sigaction(SIGCHLD, &on_child, NULL) < 0) return 3;
  for (;;) pause();
}
