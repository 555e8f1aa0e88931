groupadd --system --gid 999 mysql
useradd --system --uid 999 --gid mysql --home-dir /var/lib/mysql --no-create-home --shell /bin/false mysql
