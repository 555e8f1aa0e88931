# La galleta que el paquete inventa al instalarse uniría a desconocidos: cada clúster trae la suya.
rm -rf /var/lib/rabbitmq /etc/rabbitmq/rabbitmq-env.conf /etc/default/rabbitmq-server
ln -s /usr/lib/rabbitmq/lib/rabbitmq_server-* /opt/rabbitmq
