groupadd --system --gid 999 postgres
useradd --system --uid 999 --gid postgres --home-dir /var/lib/postgresql --no-create-home --shell /bin/bash postgres
# Debian crea un clúster al instalar; cada contenedor crea el suyo.
mkdir -p /etc/postgresql-common
echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
