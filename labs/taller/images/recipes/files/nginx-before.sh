groupadd --system --gid 101 nginx
useradd --system --uid 101 --gid nginx --home-dir /nonexistent --shell /bin/false nginx
