int luath_x(void);
