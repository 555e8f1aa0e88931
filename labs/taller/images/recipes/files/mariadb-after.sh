# La base que el paquete crea al instalarse no es de nadie: cada contenedor crea la suya.
rm -rf /var/lib/mysql /var/lib/mariadb /etc/mysql/debian.cnf /etc/mysql/debian-start
# Debian solo escucha en la propia máquina y guarda los datos en otra carpeta; la oficial, no.
sed -i -E 's/^(bind-address|datadir|pid-file|log_error|expire_logs_days)/#&/' /etc/mysql/mariadb.conf.d/50-server.cnf
printf '[mariadbd]\ndatadir=/var/lib/mysql\nsocket=/run/mysqld/mysqld.sock\npid-file=/run/mysqld/mysqld.pid\nskip-host-cache\nskip-name-resolve\n' > /etc/mysql/mariadb.conf.d/05-taller.cnf
