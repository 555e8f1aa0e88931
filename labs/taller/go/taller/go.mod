module bitacora/taller

go 1.26
