# La clave que ssl-cert inventa al instalarse sería la misma en todos los contenedores, y distinta en cada imagen.
rm -f /etc/ssl/private/ssl-cert-snakeoil.key /etc/ssl/certs/ssl-cert-snakeoil.pem
find /etc/ssl/certs -xtype l -delete
# Toda conexión, y no solo las de dentro: quién entra lo dice pg_hba.conf.
sed -i "s/^#listen_addresses = .*/listen_addresses = '*'/" /usr/share/postgresql/18/postgresql.conf.sample
rm -rf /var/lib/postgresql/*
# debconf apunta el nombre, al azar, de un archivo temporal del guion de instalación: con él no saldrían dos imágenes iguales.
rm -f /var/cache/debconf/config.dat
