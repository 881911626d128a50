module tutela.example/tutela

go 1.19
