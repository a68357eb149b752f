select * from (values (1, 10, 5), (2, 10, 7), (3, 11, 9)) as orders (id, customer, amount)
