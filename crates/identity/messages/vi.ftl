### identity
